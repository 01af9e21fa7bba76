// stack: video.js: its player with a file, played by the script
// copy: assets/marker.mp4 as marker.mp4
// marker: x = 40 + 240 * t
import videojs from "video.js";
import "video.js/dist/video-js.css";

document.querySelector("#app").innerHTML = '<video class="video-js" width="320" height="180" muted preload="auto"></video>';
const player = videojs(document.querySelector("video"), { controls: true });
player.src({ src: "marker.mp4", type: "video/mp4" });
player.ready(() => player.play());
