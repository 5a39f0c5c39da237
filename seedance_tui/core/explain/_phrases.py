"""The phrases by which services tell a cause: English and Chinese, codes as words.

Each is written for the output of `words_of`: lower case, single spaces, no dots or dashes.
"""

from __future__ import annotations

import re

from ._content_phrases import CONTENT_RULES, any_of

_MONEY = r"(?:quota|(?<!white )balance|credits?|points?(?! of)|funds?|money|coins?)"
_OPENS = (
    r"(?:(?:api|access|secret) ?keys?|(?:access|auth|bearer|session) tokens?|keys?|tokens?"
    r"|credentials?|signatures?)"
)
_ASKED = (
    r"(?:parameters?|params?|arguments?|assets?|fields?|values?|prompts?|duration|ratio"
    r"|resolution|images?|videos?|audios?|key ?frames?|(?:service )?tier|size|width|height|pixels?"
    r"|seed|format|frames?|files?|text|request|input|body|length|type|content)"
)

RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    *CONTENT_RULES,
    (
        "overdue",
        any_of(
            r"\b(?:accounts?|balances?|bills?|billing|payments?|invoices?)\b.{0,30}\boverdue\b",
            r"\boverdue (?:balance|account|payment|bill|invoice|error)|\bservice overdue\b",
            r"\boverdue ?[:=]",
            r"\boutstanding (?:bills?|balance|payments?|invoices?)\b|\bnon payment\b",
            r"\barrear(?:s|age)\b|\bpast due\b|\bunpaid\b|\buser disable\b",
            r"欠费|欠款|逾期",
        ),
    ),
    (
        "quota",
        any_of(
            r"(?<!rate )(?<!concurrency )(?<!concurrent )\bquotas?\b",
            r"\bno (?:\w+ ){0,2}(?:quota|(?<!white )balance|credits?|points?(?! of)|funds)\b",
            rf"\b{_MONEY}(?: is| =|:|=) ?[¥$]?0(?![\d. ]*[1-9])",
            r"\bset limit exceeded\b|\bpayment required\b",
            rf"\b(?:insufficient|not enough|no more|out of|lack of|low) (?:\w+ ){{0,2}}{_MONEY}\b",
            rf"\b{_MONEY}\b.{{0,20}}\b(?:insufficient|not (?:enough|sufficient)|exhausted"
            r"|used up|depleted|too low|r[au]n out)",
            r"\bresource pack(?:s|age)?\b.{0,20}"
            r"\b(?:exhausted|used up|depleted|expired|r[au]n out)",
            r"\b(?:billing|spending|spend|monthly|daily|credit) (?:hard )?limit",
            r"额度|余额|积分|点数|资源包|配额|预扣费|充值",
        ),
    ),
    (
        "overloaded",
        any_of(
            r"(?<!frame )(?<!sample )(?<!sampling )(?<!bit )(?<!data )(?<!refresh )\brate ?limit",
            r"\bconcurren(?:t|cy) quota",
            r"\btoo many (?:\w+ )?(?:requests|tasks|jobs|calls)|\btoo frequent",
            r"\brequests? per (?:second|minute|hour|day)\b",
            r"\brequest burst|\boverload|\bin ?flight\b|\bthrottl",
            r"\bconcurren(?:t|cy)\b.{0,30}\b(?:limit|exceed\w*|reached|maximum)",
            r"\bparallel tasks?\b|\b(?:at|over|insufficient|out of|no) capacity\b"
            r"|\bhigh (?:demand|load|traffic)\b|\binsufficient resources?\b",
            r"\b(?:server|system|service|model|engine|queue)s? (?:is |are )?"
            r"(?:currently |too |very )*(?:busy|full)\b",
            r"饱和|频繁|限流|限速|(?<!采样)(?<!比特)(?<!码流)速率|请求超限|请求数限制|并发|繁忙|过载|负载|排队(?:人数|任务)?(?:过多|已满)",
        ),
    ),
    (
        "bad_parameter",
        any_of(
            r"\bprompts? (?:contains?|has|have|with) (?:an? |some )?(?:invalid|illegal) tokens?\b",
            r"\binvalid tokens? (?:at|near) |\bunexpected token\b|\btoken (?:count|length|limit)\b",
            r"\b(?:maximum context|context (?:length|window))\b|令牌(?:总)?(?:数|长度)",
            r"\b(?:frame|sample|sampling|bit) ?rate limit|帧率限制",
        ),
    ),
    (
        "channel",
        any_of(
            r"(?<!color )(?<!colour )(?<!alpha )(?<!audio )(?<!rgb )(?<!stereo )"
            r"\bchannel\b(?! ?(?:count|layout|image|audio))|\bno available channels?\b",
            r"\blogin fail|\b(?:carry|provide|include) the api (?:secret )?key|\bmodel price\b",
            r"模型.{0,40}(?:倍率|价格|计费).{0,6}未(?:配置|设置)",
            r"\binvalid endpoint|\bmodel not (?:open|found|exist|available|activated)",
            r"\b(?:model|endpoint)\b.{0,40}\b(?:does not exist|not (?:found|available)|no access"
            r"|deprecated|not (?:been )?(?:activated|opened|enabled))\b",
            r"\b(?:has|have) not (?:activated|opened|purchased|subscribed)\b|\bunpurchased\b",
            r"\bservice not open|\baccess denied",
            r"\bpermission (?:denied|to use)|\binsufficient permissions?",
            r"\bauthenticat|\b(?:un|not )authori[sz]ed\b|\binvalid account status",
            rf"\b(?:invalid|incorrect|wrong|missing|expired|revoked|disabled) {_OPENS}\b"
            r"(?! (?:in|of|at|near) (?:the )?(?:prompt|text|input|position|line|index))",
            rf"\b{_OPENS}\b(?! (?:frames?|words?|at|in|count|length|limit|number)).{{0,30}}"
            r"\b(?:invalid|incorrect|expired|revoked|disabled|mismatch|does not match"
            r"|not (?:valid|found))\b",
            r"\bnot (?:been )?(?:enabled|activated|opened?|available|authorized) "
            r"for (?:your|this|the) (?:account|api key|key|user|organi[sz]ation)\b",
            r"\baccounts?\b.{0,20}\b(?:suspended|banned|disabled|deactivated|locked|frozen)\b",
            r"\bkey (?:已)?(?:失效|无效|过期|错误|不正确)",
            r"渠道|无权|密钥|秘钥|令牌(?!数|长度|总)|鉴权|认证失败|未授权|授权(?:失败|失效)|无可用",
            r"模型(?:不存在|未开通|未找到|已下线|不可用)|账[号户](?:已)?(?:被)?(?:封|禁|冻结|停用)",
        ),
    ),
    (
        "bad_parameter",
        any_of(
            r"\b(?:invalid|missing|unsupported|unknown|illegal) (?:\w+ )?(?:param|argument)",
            r"\bparameters?\b.{0,60}\bnot valid|\bvalidation error\b|参数",
        ),
    ),
    (
        "upstream",
        any_of(
            r"\bdial tcp\b|\bconnection (?:refused|reset|closed|aborted|error)|\bno such host\b",
            r"\blooking for beginning of\b|\bunexpected end of json\b|\bbad response body\b",
            r"\b(?:unexpected )?eof\b|\btls handshake\b|\bi/o time ?out\b|\bcontext cancell?ed\b",
            r"\bgateway time ?out\b|\bcloudflare\b|网关(?:错误|超时)",
        ),
    ),
    (
        "timeout",
        any_of(
            r"\btime ?d? out\b|\btime ?out\b|\bdeadline exceeded\b|\bexecution expires after\b",
            r"\b(?:task|job|request|generation)\b.{0,30}\bexpired\b|\btook too long\b",
            r"\bnot (?:finish|complete)(?:d|ed)? (?:in|within)\b",
            r"\bexceed\w* .{0,30}\btime\b|\btime limit\b",
            r"超时|长时间未(?:完成|结束)|任务.{0,4}过期|超过.{0,8}时间|超出.{0,8}时间",
        ),
    ),
    (
        "bad_parameter",
        any_of(
            rf"\b(?:invalid|missing|unsupported|illegal|wrong|malformed|bad) (?:\w+ )?{_ASKED}\b",
            rf"\b{_ASKED}\b.{{0,60}}\b(?:invalid|not valid|(?:not |un)supported|must|should be"
            r"|exceeds?|malformed|too (?:long|short|large|small|big|many|few|high|low)|out of range"
            r"|(?:is|are) (?:required|missing)|not allowed|at (?:least|most)|cannot be empty)\b",
            r"\bout ?of ?(?:context|range)\b|\bmust be (?:between|one of|at|greater|less|an?)\b",
            r"\b(?:do|does|is|are) not support(?:ed)?\b|\bunsupported\b",
            r"\b(?:do|does) not have an? (?:valid|supported)\b",
            r"^must be\b|: (?:field )?required\b",
            r"不支持|不合法|必填|超出(?:范围|限制)|不能为空|格式(?:错误|不正确|有误)|无效的?(?:图|视频|音频|值|请求)",
            r"(?:尺寸|分辨率|时长|像素|宽|高|比例|大小|数量|提示词|图片|视频|音频)[^，。]{0,8}(?:不符|不能|必须|过[长大小短多高低]|超[出过])",
        ),
    ),
    (
        "cancelled",
        any_of(
            r"\bcancel(?:l?ed|lation)\b|\b(?:abort|revok|terminat|stopp)ed by\b",
            r"(?:已|被|用户|主动|手动|任务)取消|^取消|用户终止",
        ),
    ),
    ("timeout", any_of(r"^expired$|^timeout$", r"^(?:已)?过期$")),
    (
        "upstream",
        any_of(
            r"\b(?:server|service|provider|engine|backend)\b.{0,20}\b(?:errors?|unexpected)\b",
            r"(?:推理|模型|引擎|算法|网络)(?:异常|错误|故障|失败)",
            r"\binternal\b|\b(?:server|service|system|upstream|backend) (?:\w+ )?"
            r"(?:errors?|faults?|failures?|exceptions?)\b|\bserver fault\b",
            r"\bout of memory\b|\boom\b|\bcuda\b",
            r"\bunavailable\b|\bunmarshal\b|\bpanic\b|\bbad gateway\b",
            r"\b(?:fail(?:ed)? to|error) (?:fetch|get|query|poll) (?:the )?(?:task|result|output)",
            r"\bdo request failed\b|\bupstream\b",
            r"内部(?:错误|异常|故障|服务)|开小差|系统(?:错误|异常|故障)|服务器?(?:错误|异常|故障|不可用)|上游",
        ),
    ),
)
"""The first that fits is the cause; what is more telling comes before what is less so."""

STATUS = re.compile(
    r"\b(?:status(?: code)?|http(?: error| status)?|error code|code)\W{0,3}([45]\d\d)\b"
    r"|^([45]\d\d)(?= [a-z])"
)
"""An HTTP status within a text."""
