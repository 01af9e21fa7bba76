// stack: Embla: a carousel with its autoplay
// marker: y = 90
import EmblaCarousel from "embla-carousel";
import Autoplay from "embla-carousel-autoplay";
import { mark } from "../marker.js";

mark(40);
document.querySelector("#app").innerHTML =
  `<div style="overflow: hidden">
    <div style="display: flex">${["one", "two", "three"].map(text => `<p style="flex: 0 0 100%">${text}</p>`).join("")}</div></div>`;
EmblaCarousel(document.querySelector("#app div"), { loop: true }, [Autoplay({ delay: 200 })]);
