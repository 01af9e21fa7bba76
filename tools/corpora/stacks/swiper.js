// stack: Swiper: autoplay, two slides a view, its pagination
// marker: x = 240 - 160 * max(0, min(1, (t - 0.3) / 0.4))
import Swiper from "swiper";
import "swiper/css";
import "swiper/css/pagination";
import { Autoplay, Pagination } from "swiper/modules";

document.querySelector("#app").innerHTML =
  `<div class="swiper" style="width: 320px; height: 180px; --swiper-wrapper-transition-timing-function: linear">
    <div class="swiper-wrapper">` +
  `<div class="swiper-slide">one</div><div class="swiper-slide"><b id="marker" style="left: 70px"></b>two</div>
    <div class="swiper-slide">three</div></div><div class="swiper-pagination"></div></div>`;
new Swiper(".swiper", {
  modules: [Autoplay, Pagination],
  pagination: { el: ".swiper-pagination" },
  slidesPerView: 2,
  speed: 400,
  autoplay: { delay: 300, stopOnLastSlide: true },
});
