/** The script of every page. @module */
import { followContents } from "./contents.ts";
import { drawFigures } from "./figures.ts";
import { showMisheard } from "./misheard.ts";
import { openDetailsOnPaper } from "./paper.ts";
import { reachScrollers } from "./scrollers.ts";
import { setUpSearch } from "./search.ts";
import { setUpTheme } from "../../web/client/theme.ts";

/** Path from this page to the site's root, "" or "../" and so on. */
const { root } = document.querySelector<HTMLElement>(".columns")!.dataset as { root: string };

setUpSearch(root);
setUpTheme();
drawFigures(root);
followContents();
reachScrollers();
showMisheard();
openDetailsOnPaper();
