// What is taken elsewhere gets a button that copies it; without this it can still be selected. A page that came
// over plain HTTP has no navigator.clipboard, so it is selected here too, and stays so should copying fail.
for (const text of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  const said = document.createElement("span");
  button.type = "button";
  button.textContent = text.dataset.copy;
  said.setAttribute("role", "status");
  button.addEventListener("click", () => {
    getSelection().selectAllChildren(text);
    said.textContent = document.execCommand("copy") ? "Kopierat" : "Markerat: kopiera med Ctrl+C";
  });
  const line = document.createElement("p");
  line.className = "copy";
  line.append(button, " ", said);
  text.after(line);
}
