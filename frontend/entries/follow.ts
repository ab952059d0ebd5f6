/** The page that asks for a receipt code: a scanned code arrives after the number sign. */

import { all } from "../parts/dom";

const code = decodeURIComponent(location.hash.slice(1));
if (/^[0-9A-Za-z-]{12,20}$/.test(code)) {
  // Not left in the address bar or the history: the code is the key.
  history.replaceState(null, "", location.pathname);
  for (const input of all<HTMLInputElement>("form[data-follow] input[data-code]")) {
    input.value = code;
    input.form?.requestSubmit();
  }
}
