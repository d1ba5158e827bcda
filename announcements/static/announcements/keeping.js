// What is typed into a form of the admin is kept in this browser until it is saved, and offered again.
//
// Each opening of a form has a token. What it holds is one record in localStorage under "typed", the editor's
// key, the form's address and the token; it goes when the server says by a cookie that it saved the form
// with this token, when the editor logs out or forgets it, and after 14 days. To put a record back is to send
// it once more with a sign that nothing is to be saved: the server builds the page, rows and all, and
// compares with what others saved meanwhile.
{
  const DAYS = 14;
  const SAVED = "saved-";
  const NEVER_KEPT = /^_|^csrfmiddlewaretoken$|^kept_as$|__prefix__/;
  const SOON = 400; // milliseconds after the last key

  const { user } = document.currentScript.dataset;

  const records = () => {
    try {
      return Object.keys(localStorage)
        .filter((key) => key.startsWith("typed "))
        .map((key) => {
          const [, whose, address, token] = key.split(" ");
          return { key, whose, address, token, ...JSON.parse(localStorage.getItem(key)) };
        });
    } catch {
      return []; // The browser keeps nothing.
    }
  };

  const forget = (isGone) =>
    records()
      .filter(isGone)
      .forEach(({ key }) => localStorage.removeItem(key));

  const forgetWhatIsSaved = () => {
    const cookies = document.cookie.split("; ").map((cookie) => cookie.split("=")[0]);
    for (const name of cookies.filter((one) => one.startsWith(SAVED))) {
      forget(({ token }) => token === name.slice(SAVED.length));
      document.cookie = `${name}=; path=/; max-age=0; samesite=lax`;
    }
  };

  // One form

  const watch = (form, band) => {
    const address = location.pathname;
    const { kept_as: name, csrfmiddlewaretoken: csrf } = form.elements;
    const cameBack = Boolean(name.value);
    name.value ||= Date.now().toString(36) + Math.random().toString(36).slice(2);
    const key = ["typed", user, address, name.value].join(" ");

    const secrets = new Set([...form.querySelectorAll("[type=password], [type=file]")].map((field) => field.name));
    const typed = () => [...new FormData(form)].filter(([one]) => !NEVER_KEPT.test(one) && !secrets.has(one));
    const untouched = cameBack ? "" : JSON.stringify(typed());

    // Whether all that is typed is kept; true also if nothing is.
    const keep = () => {
      const entries = typed();
      try {
        if (JSON.stringify(entries) === untouched) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify({ at: Date.now(), entries }));
        return true;
      } catch {
        return JSON.stringify(entries) === untouched;
      }
    };

    let timer;
    const keepSoon = () => {
      clearTimeout(timer);
      timer = setTimeout(keep, SOON);
    };

    let isSent = false;
    // Through jQuery, because the fields in which one chooses by typing tell of a change through it alone.
    django.jQuery(form).on("input change", keepSoon);
    for (const event of ["formset:added", "formset:removed"]) document.addEventListener(event, keepSoon);
    form.addEventListener("submit", () => (isSent = keep() || true));
    addEventListener("pageshow", () => (isSent = false));
    addEventListener("pagehide", () => isSent || keep());
    addEventListener("beforeunload", (event) => {
      if (!isSent && !keep()) event.preventDefault();
    });
    if (cameBack) keep();
    else offer(form, band, newest(address), csrf);
  };

  const newest = (address) =>
    records()
      .filter((record) => record.whose === user && record.address === address)
      .sort((one, other) => other.at - one.at)[0];

  const offer = (form, band, record, csrf) => {
    if (!record) return;
    const time = band.querySelector("time");
    const when = new Date(record.at);
    time.dateTime = when.toISOString();
    time.textContent = when.toLocaleString("en-US", { dateStyle: "long", timeStyle: "short" });
    band.hidden = false;
    band.querySelector("[value=forget]").addEventListener("click", () => {
      forget(({ key }) => key === record.key);
      band.hidden = true;
    });
    band.querySelector("[value=back]").addEventListener("click", () => {
      const back = document.createElement("form");
      back.method = "post";
      const more = [["csrfmiddlewaretoken", csrf.value], ["kept_as", record.token], ["_put_back", "1"]];
      for (const [name, value] of [...record.entries, ...more]) {
        back.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
      }
      document.body.append(back);
      back.submit();
    });
  };

  // Every page

  forgetWhatIsSaved();
  forget(({ at }) => !(Date.now() - at < DAYS * 24 * 60 * 60 * 1000));
  document.getElementById("logout-form")?.addEventListener("submit", () => forget(({ whose }) => whose === user));
  const band = document.getElementById("typed");
  if (band) watch(band.closest("form"), band);
}
