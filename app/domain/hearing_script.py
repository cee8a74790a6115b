"""The script of a hearing, part by part, with the words that are said each time (guide 2019, form: hearing transcript)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the hearing: its code, its heading, and what is said in it every time.

    Of a part that is ``spoken`` by the parties the words only say what they are asked; what they said is written down.
    """

    code: str
    heading: str
    words: str
    spoken: bool = False

    @property
    def asked(self) -> str:
        """Return the heading, with what the parties are asked for."""
        return f"{self.heading}（{self.words.rstrip('。')}）" if self.spoken else self.heading


SCRIPT = (
    Part("identity", "核对身份", "核对到场当事人、代理人的身份和代理权限，询问各方对对方出席人员有无异议。"),
    Part("discipline", "宣布纪律", "宣布口头审理的纪律：未经许可不得录音录像、发言、提问，不得中途退场。"),
    Part("rights", "告知权利和义务", "告知各方陈述、举证、质证、辩论、申请回避的权利，如实陈述、遵守纪律的义务。"),
    Part("recusal", "询问回避", "宣布合议组成员、书记员名单，询问各方是否申请回避。"),
    Part("claims", "请求事项和主张的权利要求", "请求人陈述请求事项、事实和理由，明确主张的权利要求。", spoken=True),
    Part("answer", "答辩", "被请求人答辩。", spoken=True),
    Part("evidence", "举证和质证", "各方逐一出示证据，就真实性、合法性、关联性发表意见。", spoken=True),
    Part(
        "comparison",
        "技术特征、设计特征比对",
        "将被控产品或者方法与主张的权利要求逐一比对，各方发表意见。",
        spoken=True,
    ),
    Part("issues", "争议焦点", "归纳争议焦点，各方就争议焦点辩论。", spoken=True),
    Part("last", "最后陈述", "各方最后陈述。", spoken=True),
    Part("mediation", "调解意愿", "询问各方是否愿意调解。", spoken=True),
)
SPOKEN = {part.code: part.words for part in SCRIPT if part.spoken}
HEADINGS = {part.code: part.heading for part in SCRIPT}
