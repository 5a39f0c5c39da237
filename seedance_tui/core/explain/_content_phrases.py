"""The phrases by which services speak of what was sent to them and of what they made.

Each is written for the output of `words_of`: lower case, single spaces, no dots or dashes.
"""

from __future__ import annotations

import re


def alternatives(*phrases: str) -> str:
    """The patterns as a part of another one."""
    return f"(?:{any_of(*phrases).pattern})"


def any_of(*phrases: str) -> re.Pattern[str]:
    """What fits any of the patterns."""
    return re.compile("|".join(phrases))


_MEDIUM = (
    r"(?:images?|pictures?|photos?|videos?|audios?|files?|media|assets?|materials?|urls?|links?"
    r"|resources?|references?|frames?|attachments?|inputs?(?! param)|https?)"
)
_MEDIUM_ZH = r"(?:图|视频|音频|素材|文件|链接|资源|地址|url|首帧|尾帧|参考|附件)"
_NOT_OURS = r"(?:(?!\b(?:task|result|output|generated|channel|model)\b|任务|结果|生成|输出|渠道).)"
"""A character at which no word begins for what the service itself makes or keeps."""
_REACH = r"(?:fetch|download|access|retriev|load|read|open|get|resolv|pull|obtain|reach)\w*"
_REACH_ZH = r"(?:下载|访问|获取|读取|打开|加载|拉取|抓取)"

_OWES = alternatives(
    r"payment|overdue|arrears|unpaid|past due|balance|quota|credit|欠费|欠款|逾期|余额|额度"
)
"""Why an account is closed whose owner has to pay."""
_CHECKS = (
    r"\b(?:moderation|safety|risk|review|audit|sensitive|copyright|nsfw|face|censor\w*|security)"
    r"(?: (?:words?|content|check|detection|filter|moderation|control|review))*"
)
"""Whatever looks at what was sent or made: it may be out of order itself."""
_CHECKS_ZH = r"(?:审核|检测|风控|敏感词?|鉴黄|内容安全|版权|人脸|识别|过滤|校验)"

CONTENT_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "input_not_ready",
        any_of(
            r"\b(?:assets?|files?|materials?|uploads?|images?|audios?|resources?|media"
            r"|(?:input|reference|source|uploaded) videos?)\b"
            r".{0,60}\b(?:not (?:yet )?(?:in an? )?(?:active|ready|processed|uploaded)"
            r"|(?:still|status|is|are|being)\W+(?:being )?"
            r"(?:processing|pending|uploading|transcoding|(?:under|in) review)"
            r"|being (?:processed|uploaded|transcoded|reviewed)"
            r"|not finished (?:processing|uploading))\b",
            r"(?:素材|文件|资源|资产|图片|图像|音频|(?:输入|参考)视频)[^，。]{0,14}"
            r"(?:(?:处理|审核|上传|转码)中|正在(?:处理|审核|上传|转码)|未就绪|未完成|未激活|未处理"
            r"|尚未|尚不可用|还没|还未| processing)",
        ),
    ),
    (
        "input_unreachable",
        any_of(
            r"(?:could not|can ?not|can't|couldn't|unable to|fail(?:ed|ure)? (?:to|in|while|when)"
            r"|errors? (?:while |when |in )?|time ?d? ?out (?:while |when )?)\W*"
            rf"{_REACH}{_NOT_OURS}{{0,40}}?\b{_MEDIUM}\b",
            rf"(?<!output )(?<!result )(?<!generated )\b{_MEDIUM}\b{_NOT_OURS}{{0,40}}?"
            r"(?:(?:could not|can ?not|can't|couldn't) be|(?:was|is|are|were) not|not) "
            r"(?:fetch|download|access|retriev|load|open|reach|resolv)\w*",
            rf"\b(?:download|fetch|load)(?:ing)? {_NOT_OURS}{{0,30}}?\b{_MEDIUM} (?:has )?"
            r"(?:fail\w*|error|time ?d? ?out)",
            rf"(?<!output )(?<!result )(?<!generated )\b{_MEDIUM}(?: url)?:? "
            r"(?:download|fetch|load)(?:ing)? (?:has )?(?:fail\w*|error|time ?d? ?out)",
            rf"\b(?:while|when) {_REACH}{_NOT_OURS}{{0,40}}?\b(?:{_MEDIUM}|https?)\b",
            rf"\baccess to {_NOT_OURS}{{0,20}}?\b{_MEDIUM} (?:was |is )?denied\b",
            r"\b(?:assets?|images?|audios?|media|references?|(?:input|source) (?:file|video)s?)\b"
            r"(?: \S+){0,4} (?:not found|does not exist)\b",
            rf"\b(?:invalid|unreachable|inaccessible|expired|broken) (?:{_MEDIUM} )?(?:url|link)\b",
            r"(?<!result )(?<!output )(?<!generated )\b(?:urls?|links?) (?:has |have |is |are )?"
            r"(?:already )?(?:expired|unreachable|inaccessible|unavailable|dead)",
            rf"(?:无法|不能|未能){_REACH_ZH}{_NOT_OURS}{{0,12}}{_MEDIUM_ZH}",
            rf"{_REACH_ZH}{_NOT_OURS}{{0,10}}{_MEDIUM_ZH}{_NOT_OURS}{{0,8}}(?:失败|超时|出错)",
            rf"(?<!生成)(?<!结果)(?<!输出){_MEDIUM_ZH}{_NOT_OURS}{{0,10}}(?:(?:无法|不能|不可)"
            rf"{_REACH_ZH}|{_REACH_ZH}(?:失败|超时|不到|出错)|失效|过期|打不开|不可达)",
        ),
    ),
    (
        "channel",
        any_of(
            rf"账[号户](?!.*{_OWES})(?:(?!内容|提示词|输入|图|视频)[^。；]){{0,10}}"
            r"(?:风险|风控|异常|封禁|封停|被封|禁用|冻结|停用|受限|限制使用|拉黑|注销)",
            r"用户(?:状态)?(?:已|存在|可能|被|账[号户])*(?:风控|风险|封禁|禁用|冻结|拉黑|异常)",
            rf"\baccounts? (?!.*{_OWES})(?:(?!prompts?\b|contents?\b|requests?\b|inputs?\b"
            r"|images?\b|videos?\b|texts?\b|submit)\S+ ){0,5}"
            r"(?:flagged|risk|suspended|banned|disabled|deactivated|locked|frozen|restricted|blocked|blacklisted|terminated|abnormal)\b",
            r"\busers? (?:is |was |has been |have been )(?:banned|blocked|suspended|blacklisted)\b",
        ),
    ),
    (
        "upstream",
        any_of(
            r"security detection error",
            rf"{_CHECKS} (?:services?|systems?|servers?|apis?|engines?|modules?|checks?|controls?"
            r"|models?|providers?)\W*(?:is |was |are |has |currently |temporarily |request )*"
            r"(?:unavailable|down|busy|too frequent|time ?d? ?out|errors?|exception|not respond"
            r"|unreachable|crashed|overload|abnormal|fail\w* to (?:respond|connect|load|start))",
            rf"\b(?:error|fail\w*|unable|time ?d? ?out) (?:to |while |when |in )?"
            rf"(?:call|connect|reach|request|invok)\w* (?:to )?(?:the )?{_CHECKS}\b",
            rf"{_CHECKS_ZH}{{1,3}}(?:服务|系统|接口|模块|模型)?[^，。]{{0,4}}"
            r"(?:超时|异常|不可用|故障|繁忙|无响应)",
            rf"{_CHECKS_ZH}{{1,3}}(?:服务|系统|接口|模块|模型)[^，。]{{0,4}}(?:错误|失败|报错)",
            r"\bupload(?:ing)? (?:to|the result|result|output).{0,30}\b(?:fail\w*|denied|error)",
        ),
    ),
    (
        "real_person",
        any_of(
            r"privacy information",
            r"\b(?:photo ?)?real(?:istic)? (?:person|people|human|face)s?\b",
            r"\bdeep ?fakes?\b",
            r"\b(?:celebrit(?:y|ies)|public figures?|likeness|biometric)\b",
            r"\b(?:recogni[sz]able|identifiable|human) (?:human )?"
            r"(?:faces?|persons?|people|individuals?)\b",
            r"真人|真实人物|肖像|名人|明星|公众人物|(?<!未检测到)(?<!没有)(?<!缺少)人脸(?!.{0,3}[未不])",
        ),
    ),
    (
        "copyright",
        any_of(
            r"\bcopyright(?:s|ed)?\b",
            r"detected policy violation",
            r"\bintellectual property\b|\btrade ?mark(?:s|ed)?\b|\brecitation\b",
            r"\binfring(?:e|es|ed|ing|ements?)\b|\bip (?:violations?|rights?)\b",
            r"版权|侵权|知识产权|商标",
        ),
    ),
    (
        "sensitive_input",
        any_of(
            r"(?<!case )\bsensitive\b|\bnsfw\b|\bflagged\b|\bmoderat(?:ion|ed)\b",
            r"\brisk (?:detection|control)\b|\bresponsible ai\b",
            r"\bsafety (?:in|out)put\b|\brisk not pass\b|\bdata inspection failed\b",
            r"\b(?:prompt|content|request|(?:in|out)put) (?:was |is |has been )?blocked\b",
            r"\b(?:content|safety|usage|community) (?:polic|guideline|filter|system|violation)",
            r"\b(?:filtered|blocked|rejected) by .{0,20}\b(?:content|safety)\b",
            r"\bcontent security\b",
            r"\btrigger\w* .{0,30}\b(?:security|safety|risk) (?:polic|strateg)",
            r"\bsafety (?:reasons?|checks?|settings?)\b|\bfor safety\b",
            r"\bunsafe\b|\binappropriate\b",
            r"\b(?:forbidden|prohibited|harmful|offensive|banned|illegal) "
            r"(?:words?|contents?|terms?)\b",
            r"\b(?:sexual|pornograph|nudity|violent content|graphic violence|hate speech)",
            r"\bviolat\w+ .{0,40}\b(?:polic(?:y|ies)|guidelines?|terms|standards|rules|security)\b",
            r"敏感|审核|违规|风控|不合规|色情|涉黄|涉政|暴力|违禁|拦截|不良(?:信息|内容)|内容安全|安全(?:策略|限制|过滤)",
        ),
    ),
)
