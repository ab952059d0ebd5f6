/** Writing a voucher by keyboard: see frontend/voucher. */

import { onArrival } from "../parts/dom";
import { enter } from "../voucher/enter";

onArrival<HTMLFormElement>("form[data-voucher]", enter);
