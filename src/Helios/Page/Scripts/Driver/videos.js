// Follows hooks.js in its function: videos of the timeline, which are taken to the time of each frame.
  const SEEK_MARGIN = 0.0008; // s; a time on the border of two video frames would show the earlier one

  /** Videos of the document that belong to the timeline; what a page plays by script goes by the page's clock anyway. */
  const isOnTimeline = video => video.isConnected && (video.autoplay || heliosPage() !== null || hyperFrames().isPage()
    || ["heliosOffset", "heliosSeek", "start", "mediaStart", "playbackStart"].some(name => name in video.dataset));

  let videos = []; // of the last look at the page
  const media = () => window.top.__helios_media;
  let sounds = []; // audio elements, likewise
  const timelineSounds = () => sounds.filter(audio => !audio.srcObject && isOnTimeline(audio));
  const timelineVideos = () => [...videos.filter(isOnTimeline), ...media().kept];

  const seekVideo = (video, seconds) => {
    if (media().kept.has(video) && isOnTimeline(video)) media().yield(video);
    if (video.error || !(video.duration > 0)) return;
    if (video.localName === "audio") { media()[media().kept.has(video) ? "keep" : "keepPlaced"](video); return; }
    looks.set(video, MAX_LOOKS);
    if (media().kept.has(video)) { media().keep(video); return; }
    const data = video.dataset;
    const rate = media().rateOf(video);
    let time = Math.max(
      0,
      (seconds - number(data.heliosOffset, media().startOf(video))) * rate + number(data.heliosSeek, media().offsetOf(video)),
    );
    if (video.loop) time %= video.duration;
    video.pause();
    media().seek(video, time);
  };

  const Picture = globalThis.VideoFrame; // the page may put another in its place
  const MAX_LOOKS = 30; // with the pauses between them, about half a second
  const looks = new WeakMap(); // how often a sought video may still be found with the picture of another time
  const odd = new WeakMap(); // the picture that a video was left with when it had no more looks: a gap, or what comes before its first

  /** Whether a sought video has the picture of its time. It comes by another thread, on a busy machine after "seeked". */
  const hasPicture = video => {
    let picture;
    try { picture = new Picture(video); } catch { return true; } // of another site: nobody may look at it
    const { timestamp, duration } = picture;
    picture.close();
    const time = video.currentTime * 1e6;
    const isOfTime = duration === null || (timestamp <= time && time < timestamp + duration);
    const isLast = timestamp <= time && timestamp + duration * 1.5 >= video.duration * 1e6;
    if (isOfTime || isLast || odd.get(video) === timestamp) return true;
    const left = looks.get(video) ?? 0;
    looks.set(video, left - 1);
    if (left > 0) return false;
    odd.set(video, timestamp);
    return true;
  };

  const seen = new WeakSet(); // videos that the last frame showed
  /** Wherever it is: what is shown of it may lie outside of its box. */
  const isShown = video => video.isConnected && video.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  /**
   * "revealed": a frame shows a video that the one before did not. The compositor asks for its picture only then, and has it the next time.
   * "shown": a frame shows videos. "hidden": there are some in the document. Else "".
   */
  const lookAtVideos = () => {
    let said = "";
    for (const video of new Set([...videos, ...media().kept])) {
      if (video.localName === "audio") continue;
      if (video.isConnected) said ||= "hidden";
      const isNow = isShown(video);
      if (isNow && said !== "revealed") said = seen.has(video) ? "shown" : "revealed";
      if (isNow) seen.add(video);
      else seen.delete(video);
    }
    return said;
  };

  const touched = new WeakSet();
