"""What a desk never writes down: patients' matters, identity numbers.

A hospital's desk serves its staff and visitors. Health data are sensitive (Personal
Information Protection Law, arts. 28 to 30) and belong into the hospital's own systems.
The words are inferred, not from a source: one too many only asks for other words.
"""

import re

PATIENT_WORDS = (
    "患者", "病人", "病历", "病案", "病情", "诊断", "确诊", "门诊号", "住院号", "就诊卡",
    "处方", "医嘱", "化验", "检验结果", "检查结果", "检查报告", "用药", "手术记录", "过敏史",
    "既往史", "出院小结", "入院记录", "血型", "血压", "血糖", "传染病", "艾滋",
    "怀孕", "孕周", "精神病", "残疾等级",
)  # fmt: skip
_IDENTITY = re.compile(r"(?<!\d)\d{6}(?:18|19|20)\d{2}[01]\d[0-3]\d{4}[\dXx](?!\d)")


def patient_words(text: str) -> tuple[str, ...]:
    """Return the words in a text that tell of a patient, in the order of the list."""
    return tuple(word for word in PATIENT_WORDS if word in text)


def has_identity_number(text: str) -> bool:
    """Tell whether a text holds what looks like a resident identity number."""
    return _IDENTITY.search(re.sub(r"[\s\-]", "", text)) is not None
