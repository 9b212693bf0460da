// Runs before anything shows: the reader's choice of light or dark.
try {
  const theme = localStorage.getItem("theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch { /* not allowed to remember */ }
