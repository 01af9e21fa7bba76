// stack: GSAP's ScrollTrigger and ScrollToPlugin: a page that scrolls itself, a pinned and scrubbed box, Flip
// marker: x = 40 + 240 * t
import gsap from "gsap";
import { Flip } from "gsap/Flip";
import { ScrollToPlugin } from "gsap/ScrollToPlugin";
import { ScrollTrigger } from "gsap/ScrollTrigger";
import { marker } from "../marker.js";

gsap.registerPlugin(Flip, ScrollToPlugin, ScrollTrigger);
document.body.style.cssText = "height: 1380px; overflow: visible";
marker.style.position = "fixed";
document.querySelector("#app").innerHTML = '<p style="margin-top: 200px">passes by</p><div style="display: flex"><i>a</i><i>b</i></div>';
gsap.fromTo(marker, { x: 30 }, { x: 270, ease: "none", scrollTrigger: { start: 0, end: 1200, scrub: true } });
gsap.from("p", { opacity: 0, scrollTrigger: "p" });
gsap.to(window, { scrollTo: 1200, duration: 1, ease: "none" });
gsap.delayedCall(0.3, () => {
  const state = Flip.getState("i"),
    row = document.querySelector("div");
  row.style.flexDirection = "column";
  Flip.from(state, { duration: 0.4 });
});
