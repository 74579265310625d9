"use strict";
// Shows the suggestion for the first of the reader's languages that the paper speaks. It leads nowhere by itself,
// and keeps and sends nothing.
{
  // "zh-CN" and "zh-Hans" are the same to a reader: language and script, by likely subtags (UTS #35).
  const written = (tag) => {
    const { language, script } = new Intl.Locale(tag).maximize();
    return `${language}-${script}`;
  };
  const offered = new Map();
  for (const suggestion of document.querySelectorAll("[data-suggest]")) {
    offered.set(written(suggestion.dataset.suggest), suggestion);
  }
  const wanted = navigator.languages.map(written).find((tag) => offered.has(tag));
  if (wanted) {
    offered.get(wanted).hidden = false;
  }
}
