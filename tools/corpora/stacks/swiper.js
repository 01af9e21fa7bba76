// stack: Swiper: autoplay, a coverflow, its pagination
// marker: x = 160 - 320 * max(0, min(1, (t - 0.3) / 0.4))
import Swiper from "swiper";
import "swiper/css";
import { Autoplay } from "swiper/modules";

document.querySelector("#app").innerHTML = '<div class="swiper" style="width: 320px; height: 180px; --swiper-wrapper-transition-timing-function: linear"><div class="swiper-wrapper">'
  + '<div class="swiper-slide"><b style="position: absolute; left: 0; top: 80px; width: 320px; height: 20px; background: linear-gradient(90deg, #101425 150px, #f0f 150px 170px, #101425 170px)"></b>one</div><div class="swiper-slide">two</div></div></div>';
new Swiper(".swiper", { modules: [Autoplay], speed: 400, autoplay: { delay: 300, stopOnLastSlide: true } });
