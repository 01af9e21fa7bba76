// The marker of a page: a magenta box, whose middle the page puts where its head says that it is.
export const marker = document.createElement("b");
marker.id = "marker";
document.body.append(marker);
export const mark = x => { marker.style.left = `${x - 10}px`; };
