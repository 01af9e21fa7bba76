// stack: Splitting and AOS: letters with delays by custom properties, classes by scroll position
// marker: x = 40 + 240 * t
import AOS from "aos";
import "aos/dist/aos.css";
import Splitting from "splitting";
import "splitting/dist/splitting.css";
import { mark } from "../marker.js";

document.querySelector("#app").innerHTML =
  `<style>@keyframes up { from { translate: 0 20px; opacity: 0 } }
    .char { animation: up 0.3s calc(30ms * var(--char-index)) both }</style><p data-splitting>split into letters</p>
    <p data-aos="fade-left">comes in</p>`;
Splitting();
AOS.init({ duration: 500 });
mark(40);
document.querySelector("#marker").animate([{ translate: "0" }, { translate: "240px" }], { duration: 1000, fill: "both" });
