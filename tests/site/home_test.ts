import { strictEqual } from "node:assert/strict";
import { shortResults } from "ser/site/home.ts";

Deno.test("shortResults() sets the corpora side by side, with a sign for each verdict", () => {
  const long = `
| corpus | model | the paper | here             | verdict          | new speakers |
| ------ | ----- | --------- | ---------------- | ---------------- | ------------ |
| SAVEE  | CNN   | 55.2 %    | **50.2 ± 5.6 %** | reproduced (3)   | 38.3 %       |
| EmoDB  | CNN   | 70.0 %    | 60.0 %           | not reproduced   | 40.0 %       |
| EmoDB  | LSTM  | 70.0 %    | 61.0 %           | nothing to check |              |
`;
  strictEqual(
    shortResults(long),
    "| model | SAVEE, paper | SAVEE, here | SAVEE, new speakers | EmoDB, paper | EmoDB, here | EmoDB, new speakers |\n" +
      "| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n" +
      "| CNN | 55.2 | 50.2 ± 5.6 ✓ | 38.3 | 70.0 | 60.0 ✗ | 40.0 |\n" +
      "| LSTM | – | – | – | 70.0 | 61.0 |  |\n",
  );
});
