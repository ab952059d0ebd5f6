"""A proof that somebody pasted."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.books.rules.proofs import LONGEST, NoProof, Proof, Proven, parse, told


class ProofForm(forms.Form):
    """Reads a proof; checking it is the query's."""

    proof = forms.CharField(
        label=_("凭证证明"),
        help_text=_("把村里给您的证明全文粘贴在这里，第一行是 wugeyi-proof 1。"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )

    def clean_proof(self) -> tuple[Proof, Proven]:
        """Return the proof and what its voucher says."""
        try:
            proof = parse(self.cleaned_data["proof"])
            return proof, told(proof)
        except NoProof:
            raise forms.ValidationError(
                _("这不是一份凭证证明，或者没有复制完整。请从第一行复制到最后一行。")
            ) from None
