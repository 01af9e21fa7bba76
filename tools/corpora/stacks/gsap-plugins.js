// stack: GSAP's plugins: MotionPath, SplitText, DrawSVG, MorphSVG, ScrambleText, CustomEase
// marker: x = 40 + 240 * t
import gsap from "gsap";
import { CustomEase } from "gsap/CustomEase";
import { DrawSVGPlugin } from "gsap/DrawSVGPlugin";
import { MorphSVGPlugin } from "gsap/MorphSVGPlugin";
import { MotionPathPlugin } from "gsap/MotionPathPlugin";
import { ScrambleTextPlugin } from "gsap/ScrambleTextPlugin";
import { SplitText } from "gsap/SplitText";
import { marker } from "../marker.js";

gsap.registerPlugin(CustomEase, DrawSVGPlugin, MorphSVGPlugin, MotionPathPlugin, ScrambleTextPlugin, SplitText);
document.querySelector("#app").innerHTML = `<p>split into letters</p><q></q>
  <svg width="320" height="60"><path id="a" fill="none" stroke="#4f8" d="M5 50 L100 5 L200 50"/>
    <circle id="b" cx="260" cy="30" r="20" fill="#fa4"/><path id="c" d="M240 10 h40 v40 h-40 z"/></svg>`;
gsap.to(marker, {
  motionPath: {
    path: [
      { x: 30, y: 0 },
      { x: 150, y: 0 },
      { x: 270, y: 0 },
    ],
    curviness: 0,
    fromCurrent: false,
  },
  duration: 1,
  ease: "none",
});
gsap.from(SplitText.create("p", { type: "chars" }).chars, {
  y: 20,
  opacity: 0,
  stagger: 0.03,
  ease: CustomEase.create("own", "M0,0 C0.2,0.8 0.4,1 1,1"),
});
gsap.from("#a", { drawSVG: 0, duration: 1 });
gsap.to("#b", { morphSVG: "#c", duration: 1 });
gsap.to("q", { scrambleText: { text: "a longer scrambled text", chars: "01" }, duration: 1 });
