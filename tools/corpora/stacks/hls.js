// stack: hls.js: a stream of MPEG-TS segments through Media Source
// copy: assets/hls as hls
// marker: x = 40 + 240 * t
import Hls from "hls.js";

const video = document.createElement("video");
Object.assign(video, { muted: true, width: 320, height: 180, autoplay: true });
document.querySelector("#app").append(video);
const hls = new Hls();
hls.loadSource("hls/index.m3u8");
hls.attachMedia(video);
