/** Amounts as they are typed, in whole fen; the server reads them again by itself. */

const AMOUNT = /^(\d{1,15})(?:\.(\d{1,2}))?$/;

/** Gives fen, 0 for nothing typed, null for what is no amount. */
export function readFen(text: string): number | null {
  const plain = text
    .normalize("NFKC")
    .replace(/[,\s¥]/g, "")
    .replace(/元$/, "");
  if (plain === "") return 0;
  const found = AMOUNT.exec(plain);
  if (!found) return null;
  return Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0"));
}

export function writeFen(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, "0")}`;
}

export function showFen(fen: number): string {
  const [whole = "0", part = "00"] = writeFen(Math.abs(fen)).split(".");
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${part}`;
}
