// stack: AutoAnimate: elements that come and move
// marker: y = 90
import autoAnimate from "@formkit/auto-animate";
import { mark } from "../marker.js";

mark(40);
const main = document.querySelector("#app");
autoAnimate(main);
let n = 0;
setInterval(() => {
  if (n < 4) main.prepend(Object.assign(document.createElement("p"), { textContent: `item ${n++}` }));
}, 200);
