"use strict";
// Shows the suggestion for the first of the reader's languages that the paper speaks. It leads nowhere by itself,
// and keeps and sends nothing.
{
  // "zh-CN" and "zh-Hans" are the same to a reader: language and script, by likely subtags (UTS #35). Where the paper
  // speaks to several countries of one language, the reader's own goes first, then the one that is named first.
  const spelt = (tag) => new Intl.Locale(tag).maximize();
  const exact = (tag) => spelt(tag).baseName;
  const written = (tag) => `${spelt(tag).language}-${spelt(tag).script}`;
  const offered = new Map();
  for (const suggestion of document.querySelectorAll("[data-suggest]")) {
    const tag = suggestion.dataset.suggest;
    offered.set(exact(tag), suggestion);
    if (!offered.has(written(tag))) {
      offered.set(written(tag), suggestion);
    }
  }
  const wanted = navigator.languages.flatMap((tag) => [exact(tag), written(tag)]).find((key) => offered.has(key));
  if (wanted) {
    offered.get(wanted).hidden = false;
  }
}
