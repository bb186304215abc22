// The counter's form: keeps its draft while somebody types, and says which papers are still missing.
// Without this there is a button for the draft, and the missing papers are marked one by one.

const IDLE = 800; // ms without typing until the draft is kept
const AGAIN = 5000; // ms until a save that failed is tried again

const form = document.querySelector("form[data-draft]");
if (form) {
  keepDraft(form, form.querySelector("[data-kept]"));
  sayMissing(form, form.querySelector("[data-missing]"));
}

function keepDraft(form, status) {
  let timer;
  let saving;
  let expired = false;

  const later = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  };

  const say = (text, trouble) => {
    status.classList.toggle("receive__trouble", trouble);
    // the same again is not read out again
    if (status.textContent !== text) {
      status.textContent = text;
    }
  };

  async function save() {
    saving?.abort();
    saving = new AbortController();
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        redirect: "manual",
        signal: saving.signal,
      });
      await tell(answer);
    } catch (error) {
      if (error.name !== "AbortError") {
        say(form.dataset.offline, true);
        later(AGAIN);
      }
    }
  }

  async function tell(answer) {
    expired = answer.type === "opaqueredirect" || answer.status === 400;
    if (expired) {
      say(form.dataset.expired, true);
      later((await signedInAgain(form)) ? 0 : AGAIN);
      return;
    }
    const { said } = await answer.json();
    say(said ?? "", !answer.ok);
    if (!answer.ok) {
      later(AGAIN);
    }
  }

  form.addEventListener("input", () => later(IDLE));
  window.addEventListener("online", () => later(0));

  form.addEventListener("submit", async (event) => {
    if (expired) {
      // sent now, it would be lost on the way to the sign-in page
      event.preventDefault();
      expired = !(await signedInAgain(form));
      if (!expired) {
        form.requestSubmit(event.submitter);
      }
      return;
    }
    // what is sent must not come back as a draft
    clearTimeout(timer);
    saving?.abort();
  });

  // a look-up must not lead away from what is being typed
  form.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.getResponseHeader("HX-Redirect")) {
      event.preventDefault();
      later(0);
    }
  });
}

// Whoever signed in again in another tab goes on here: their new session has another token. Somebody else does not.
async function signedInAgain(form) {
  const answer = await fetch(form.action, { redirect: "manual" });
  if (!answer.ok) {
    return false;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (page.querySelector("form[data-draft]")?.dataset.account !== form.dataset.account) {
    return false;
  }
  const token = page.querySelector("[name=csrf_token]").value;
  for (const field of document.querySelectorAll("[name=csrf_token]")) {
    field.value = token;
  }
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  return true;
}

function sayMissing(form, status) {
  const say = () => {
    const category = form.elements["applicant.category"].value;
    const missing = [...form.querySelectorAll(".paper")]
      .filter((paper) => paper.dataset.neededBy.split(" ").includes(category))
      .filter((paper) => !paper.querySelector(".paper__tick").checked)
      .map((paper) => paper.querySelector(".govuk-checkboxes__label").textContent.trim());
    const text = missing.length ? status.dataset.missing.replace("{papers}", missing.join(", ")) : "";
    if (status.textContent !== text) {
      status.textContent = text;
    }
  };
  form.addEventListener("change", say);
  say();
}
