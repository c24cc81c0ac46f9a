// Gathers the decisions of the page into a sheet for `fieldledger review --apply`. Nothing is sent anywhere.
"use strict";
(() => {
  const form = document.querySelector("form");
  const columns = form.dataset.columns.split(",");
  const save = document.querySelector("#save");
  const told = document.querySelector("#told");
  const cell = (text) => (/^'*[=+\-@\t\r\n＝＋－＠]/.test(text) ? "'" + text : text);
  const quoted = (text) => '"' + cell(text).replaceAll('"', '""') + '"';
  const named = (item, name) => item.querySelector(`[data-name="${name}"]`);
  const decided = (item) => {
    const decision = item.querySelector("[data-decision]:checked").value;
    if (!decision) return null;
    const changed = [...item.querySelectorAll("[data-field]")].filter((input) => input.value.trim() !== input.defaultValue);
    const leaving = [...item.querySelectorAll("[data-mention]:checked")].map((box) => box.value);
    return {
      event_id: item.dataset.event, other_event_id: item.dataset.other, decision,
      field: decision === "override" ? changed.map((input) => input.dataset.field).join(";") : "",
      value: decision === "override" ? changed.map((input) => input.value.trim()).join(";") : "",
      merge_with: decision === "merge" ? named(item, "merge_with").value.trim() : "",
      mentions: decision === "split" ? leaving.join(";") : "",
      note: decision === "note" ? named(item, "note").value.trim() : "",
      reason: named(item, "reason").value.trim(),
      who: document.querySelector("#who").value.trim(), date: document.querySelector("#date").value,
      seen: item.dataset.seen, other_seen: item.dataset.otherSeen,
    };
  };
  const rows = () => [...form.querySelectorAll("[data-event]")];
  // what a merge needs to know of an event that is shown in another card stands in a row of its own, without a decision
  const sheet = () => rows().map((item) => decided(item) ?? {
    event_id: item.dataset.event, other_event_id: item.dataset.other, seen: item.dataset.seen, other_seen: item.dataset.otherSeen,
  });
  const tell = () => {
    const made = rows().map(decided).filter(Boolean);
    const bare = made.filter((row) => !row.reason).length;
    told.textContent = `${made.length} decided` + (bare ? `, ${bare} without a reason` : "");
  };
  form.addEventListener("input", tell);
  form.addEventListener("submit", (event) => event.preventDefault());
  save.hidden = false;
  save.addEventListener("click", () => {
    const lines = [columns.join(","), ...sheet().map((row) => columns.map((name) => quoted(row[name] ?? "")).join(","))];
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([lines.join("\r\n") + "\r\n"], {type: "text/csv"}));
    link.download = "decisions.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  tell();
})();
