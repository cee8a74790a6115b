"""What comes into an adjudication as a file and has no template: proofs, signed papers, the words of other bodies."""

from __future__ import annotations

from app.documents.catalogue.entries import attachment
from app.documents.kinds import Issuer

ATTACHMENTS = (
    attachment("PY30", "standing_proof", "利害关系人的证明", "Proof of the interest"),
    attachment("PY31", "evaluation_report", "专利权评价报告", "Patent evaluation report"),
    attachment("PY32", "signed_answer", "签章的答辩书", "Signed answer"),
    attachment("PY33", "invalidation_notice", "无效宣告请求受理通知书", "Acceptance of the invalidation request"),
    attachment("PY34", "objection_attachment", "管辖异议的材料", "Attachment to the objection"),
    attachment("PY35", "suspension_attachment", "中止、恢复的材料", "Papers on the suspension"),
    attachment("PY36", "upper_approval", "上一级机关的批复", "Approval of the authority above", Issuer.OFFICE),
    attachment("PY37", "joinder_attachment", "追加当事人的材料", "Papers on the joinder"),
    attachment("PY38", "consent_to_mediation", "同意调解的材料", "Consent to mediation"),
    attachment("PY39", "settlement_request", "和解申请", "Request for time to settle"),
    attachment("PY40", "signed_evidence_list", "签章的证据清单", "Signed list of evidence"),
    attachment("PY41", "extension_request", "延期申请书", "Request for more time"),
    attachment("PY42", "measure_attachment", "调查取证请求的材料", "Attachment to the request for evidence"),
    attachment("PY43", "measure_record", "取证的笔录和清单", "Records of getting evidence", Issuer.OFFICE),
    attachment("PY44", "signed_transcript", "签名的口头审理笔录", "Signed transcript of the hearing", Issuer.OFFICE),
    attachment("PY45", "hearing_attachment", "口头审理回执的附件", "Attachment to the reply"),
    attachment("PY46", "comment_attachment", "陈述意见的附件", "Attachment to the comment"),
    attachment("PY50", "succession_proof", "承继的证明", "Proof of succession"),
    attachment("PY48", "enforcement_attachment", "请求强制执行的材料", "Attachment to the request for enforcement"),
    attachment("PY47", "agreed_evidence_period", "协商举证期限的材料", "Agreement on the period for evidence"),
)
