// stack: Plyr: its player with a file
// copy: assets/marker.mp4 as marker.mp4
// copy: node_modules/plyr/dist/plyr.svg as plyr.svg
// marker: x = 40 + 240 * t
import Plyr from "plyr";
import "plyr/dist/plyr.css";

document.querySelector("#app").innerHTML = '<video src="marker.mp4" width="320" height="180" muted playsinline></video>';
const player = new Plyr("video", { controls: [], iconUrl: "plyr.svg", clickToPlay: false, storage: { enabled: false } });
player.on("ready", () => player.play());
