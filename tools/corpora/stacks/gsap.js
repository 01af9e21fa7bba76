// stack: GSAP: a timeline with a label, eases and a stagger
// marker: x = 40 + 240 * t
import gsap from "gsap";
import { marker } from "../marker.js";

document.querySelector("#app").innerHTML = "<p>one</p><p>two</p><p>three</p>";
gsap
  .timeline()
  .fromTo(marker, { x: 30 }, { x: 270, duration: 1, ease: "none" })
  .addLabel("texts", 0.1)
  .from("p", { opacity: 0, xPercent: 50, stagger: 0.1, ease: "back.out", duration: 0.4 }, "texts");
