export const text = "loaded after 300 ms";
