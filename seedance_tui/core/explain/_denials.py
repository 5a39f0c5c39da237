"""What a text says not to be so, or to have been made good: no cause of anything.

Each pattern is written for lower-case words with single spaces whose sentences still have their
dots.
"""

from __future__ import annotations

import re

from ._content_phrases import alternatives

_CONTENT = alternatives(
    r"sensitive(?: \w+)?",
    r"copyright(?:ed)?(?! (?:licen|permi|authori|clear))(?: \w+)?",
    r"(?:human )?faces?|real p(?:erson|eople)s?|nudity|violence|nsfw(?: content)?",
    r"(?:policy )?violations?|violat\w+|infring\w+|risky?|risk control",
    r"(?:unsafe|inappropriate|prohibited|harmful|illegal)(?: \w+)?",
    r"flagged|blocked|banned|suspended|moderated",
    r"overdue(?: \w+)?|arrears|time ?d? ?outs?|cancell?ed",
)
_MONEY = r"(?:credits?|points?|quota|balance|fees?|money)"
_FLAG = alternatives(
    r"(?:is |has |contains? )?(?:sensitive|copyright|nsfw|real persons?|(?:human )?faces?"
    r"|violations?|violence|risk(?: control)?|moderation|flagged|blocked|banned|unsafe|safety"
    r"|nudity|overdue|arrears|time ?d? ?out|cancell?ed|infringement)"
    r"(?: (?:content|words?|text|image|check|flag|score|status|level|detected|detection|result))*"
)
_WELL = r"(?:false|no|none|null|0(?:\.0+)?|pass(?:ed)?|ok|normal|n/a|negative|safe)"
_CHECK = alternatives(
    r"(?:(?:content|text|image|video|audio|safety|security|copyright|risk|prompt|in|output|input)"
    r" )*(?:moderation|reviews?|checks?|detection|audit|screening|inspection|risk control)"
)
_ASKED = alternatives(
    r"\b(?:ensure|make sure|be sure|check|verify|confirm|until|so that|unless|if)\b"
    r"[^.;,，。；]{0,60}?"
)
"""Behind these words a denial is what somebody is asked for, since it is not so."""
_ASKED_ZH = r"(?:确保|保证|请|避免|检查|确认|必须|需要?|应|仅|只)[^，。；,;.]{0,12}?"
_WORD = r"(?!but\b|however\b)[^\s.;,，。；]+"
_CLAUSE = r"[^，。；,;.]"
_BAD_ZH = (
    r"(?:敏感|违规|违禁|违法|色情|涉黄|暴力|侵权|风险|风控|欠费|欠款|逾期|封禁|封停|禁用|冻结|超时"
    r"|版权(?:问题|风险|争议|纠纷))"
)
_MONEY_ZH = r"(?:积分|额度|余额|费用|点数)"

_DENIED = re.compile(
    rf"(?P<asked>{_ASKED}|{_ASKED_ZH})?(?:"
    rf"\b(?:no|not|without|free of|non)(?: any| an?| the| been| being)? {_CONTENT}"
    r"(?: (?:was |were |is |are |been |has |have )*(?:detected|found|occurred|issues?))?"
    r"(?: by (?:the |our )?(?:\w+ ){0,2}"
    r"(?:moderation|filters?|system|policy|checks?|reviews?|safety))?"
    rf"|\b(?:does|did)(?: not|n't) (?:appear to )?(?:(?:contain|include|involve|show|depict|have"
    rf"|match|hit)(?: {_WORD}){{0,3}}? {_CONTENT}|(?:violate|infringe|trigger)(?: {_WORD}){{0,4}})"
    rf"|\b{_CONTENT} (?:is|are|was|were|has|have)(?: not|n't) (?:been )?(?:found|detected|present)"
    rf"|\bno (?:issues?|problems?) (?:with|of|regarding) (?:the |any )?{_CONTENT}"
    rf"|\b{_FLAG} ?[:=] ?{_WELL}(?=\W|$)"
    rf"|\b{_CHECK} (?:is |was |has |have |been )*"
    r"(?:passed|succeeded|successful|ok|approved|clean)\b"
    r"|\bpassed (?:the |all )?(?:content |safety |copyright )*(?:moderation|reviews?|checks?)\b"
    r"|(?:未|没有|没|无)(?:能|曾|被)?(?:命中|检测到|检测出|检出|发现|识别到|识别出|包含|涉及"
    rf"|触发|触犯|存在|违反){_CLAUSE}{{0,8}}"
    rf"|(?:不|非|未|无|没有|没)(?:包含|含有|含|涉及|存在|属于|被|有|是)?(?:任何|明显)?{_BAD_ZH}"
    rf"(?:的?(?:内容|信息|词汇?|行为|问题|账单))?"
    r"|(?<![未没不法能有])(?:审核|检测|风控|安全检查|内容安全|版权检查)"
    r"(?:已|均|全部)?(?:通过|正常)(?!率)"
    r"|(?<![未没不法能有])通过了?(?:内容|安全|文本|图片|视频|版权)*(?:审核|检测|风控|检查)"
    r")"
)
_MADE_GOOD = re.compile(
    rf"\b(?:no|not|without)(?: any| an?| the)? {_MONEY} "
    r"(?:was |were |is |are |been |has |have |will be )*(?:charged|deducted|consumed|used|issues?)"
    rf"|\bno {_MONEY} (?:issues?|problems?)"
    rf"|\b{_MONEY} (?:was |were |is |are |has |have |been |will be )*"
    r"(?:refunded|returned|sufficient|unlimited|enough|not (?:been )?(?:charged|deducted))"
    rf"|\b{_MONEY} ?[:=] ?(?:unlimited|sufficient|enough|ok|normal)\b"
    rf"|{_MONEY_ZH}(?:不会|未|没有)被?扣[除减]?"
    rf"|(?:未被?|没有|不会?)扣(?:除|减|费)?{_MONEY_ZH}?"
    rf"|{_MONEY_ZH}(?:已|将)?(?:全部|自动)?(?:退还|退回|返还|返回|充足|充裕|正常)"
    rf"|(?:已|将)(?:退还|退回|返还){_MONEY_ZH}?"
)


def without_denials(clauses: str) -> str:
    """Take out what is denied; what somebody is asked not to send is a verdict, and stays."""
    told = _DENIED.sub(lambda match: match[0] if match["asked"] else " ", clauses)
    return _MADE_GOOD.sub(" ", told)
