"""The words by which services tell what was checked: sent or made, picture, sound or text.

Each is written for the output of `words_of`: lower case, single spaces, no dots or dashes.
"""

from __future__ import annotations

import re

SUBJECT = re.compile(
    r"(?:(?P<output>output|generated|resulting|输出|生成|成片|结果)"
    r"|(?:input|uploaded|reference|source|first|last|输入|上传|参考)|\b(?=prompts?\b)|(?=提示词)"
    r"|\b(?=images?\b|pictures?\b)|(?=图[片像]))的?(?:中的)? ?"
    r"(?:(?P<image>image|picture|photo|frame|图|首帧|尾帧)|(?P<video>video|视频|内容|content)"
    r"|(?P<audio>audio|sound|music|音频|音乐|声音)|(?P<text>text|prompt|文本|文字|提示词))"
)
"""What was checked: a picture without more words was sent, for the service makes none."""
SIDE = re.compile(
    r"(?P<output>\b(?:(?:inputs?|prompts?) (?:or|and|/) )?"
    r"(?:outputs?|generated|(?<!as a )results?|filtered(?: out)?|responsible ai|rai)\b"
    r"|\bpost (?:img|image|video)|输出|生成(?:的?(?:视频|内容|结果|音频)|被)|结果|成片)"
    r"|\b(?:inputs?|prompts?|uploaded|submitted|reference)\b|输入|提示词|上传|参考图"
)
"""Of which side a verdict is, where none is named with its medium: the one that is named first."""
AUDIO = re.compile(
    r"\b(?:audio|sound ?track|music|songs?|melody|lyrics|voices?)\b|音频|音乐|配乐|歌曲|声音|歌词"
)
