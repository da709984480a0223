"use strict";
// Shows the findings that the form asks for, a page at a time. Without it all of them are there, in
// groups that open. Nothing is written into the page but numbers.
const form = document.querySelector(".filters");
if (form) {
  const size = 50;
  const findings = [...document.querySelectorAll(".finding")];
  const texts = new Map();
  const status = document.querySelector(".status");
  const pager = document.querySelector(".pager");
  const [back, on] = pager.querySelectorAll("button");
  let found = findings;
  let page = 0;

  const text = (finding) => {
    if (!texts.has(finding)) texts.set(finding, finding.textContent.toLowerCase());
    return texts.get(finding);
  };
  const show = () => {
    const first = page * size;
    findings.forEach((finding) => { finding.hidden = true; });
    found.slice(first, first + size).forEach((finding) => { finding.hidden = false; });
    const shown = Math.min(first + size, found.length);
    const range = found.length > size ? `${first + 1}–${shown} of ` : "";
    const all = found.length < findings.length ? ` (${findings.length} without filters)` : "";
    status.textContent = found.length
      ? `${range}${found.length} finding${found.length === 1 ? "" : "s"}${all}`
      : `No finding is like that${all}`;
    pager.hidden = found.length <= size;
    back.disabled = page === 0;
    on.disabled = first + size >= found.length;
  };
  const filter = () => {
    const asked = new FormData(form);
    const severities = new Set(asked.getAll("severity"));
    const same = ["check", "translator", "article"].filter((name) => asked.get(name));
    const words = String(asked.get("text") || "").toLowerCase().split(/\s+/).filter(Boolean);
    found = findings.filter((finding) =>
      severities.has(finding.dataset.severity)
      && same.every((name) => finding.dataset[name] === asked.get(name))
      && words.every((word) => text(finding).includes(word)));
    page = 0;
    show();
  };
  const turn = (by) => {
    page += by;
    show();
    document.getElementById("findings").scrollIntoView();
  };

  const groups = document.querySelector(".groups");
  groups.classList.add("paged");
  groups.querySelectorAll(":scope > details").forEach((group) => { group.open = true; });
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  back.addEventListener("click", () => turn(-1));
  on.addEventListener("click", () => turn(1));
  addEventListener("beforeprint", () => found.forEach((finding) => { finding.hidden = false; }));
  addEventListener("afterprint", show);
  addEventListener("hashchange", () => {
    const finding = document.getElementById(location.hash.slice(1));
    if (!findings.includes(finding)) return;
    if (!found.includes(finding)) {
      form.reset();
      filter();
    }
    page = Math.floor(found.indexOf(finding) / size);
    show();
    finding.scrollIntoView();
  });
  filter();
}
