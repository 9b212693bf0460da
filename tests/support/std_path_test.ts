/**
 * The stand-in for `jsr:@std/path` against that package's documentation and tests, both of which are in
 * denoland/std (path/posix/*.ts, path/*_test.ts).
 */
import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import * as path from "@std/path";

const POSIX = { ignore: Deno.build.os === "windows" };

Deno.test("@std/path: basename()", POSIX, () => {
  strictEqual(path.basename("/home/user/Documents/"), "Documents");
  strictEqual(path.basename("/home/user/Documents/image.png"), "image.png");
  strictEqual(path.basename("/home/user/Documents/image.png", ".png"), "image");
  strictEqual(path.basename("basename.ext//"), "basename.ext");
  strictEqual(path.basename("aaa/bbb", "bbb"), "bbb"); // a suffix is not the whole name
  strictEqual(path.basename("/aaa/bbb//", "a/bbb"), "bbb");
  strictEqual(path.basename("bbb", "bbb"), "bbb");
  strictEqual(path.basename("///"), "/");
  strictEqual(path.basename(""), "");
  strictEqual(path.basename("\\dir\\basename.ext"), "\\dir\\basename.ext");
});

Deno.test("@std/path: dirname()", POSIX, () => {
  strictEqual(path.dirname("/home/user/Documents/"), "/home/user");
  strictEqual(path.dirname("/home/user/Documents/image.png"), "/home/user/Documents");
  const more = { "/a/b/": "/a", "/a": "/", "": ".", "/": "/", "////": "/", "//a": "//", foo: "." };
  for (const [file, folder] of Object.entries(more)) strictEqual(path.dirname(file), folder);
});

Deno.test("@std/path: extname()", () => {
  strictEqual(path.extname("/home/user/Documents/file.ts"), ".ts");
  strictEqual(path.extname("/home/user/Documents/"), "");
  const more = {
    "/path.to/file": "",
    ".file": "",
    ".file.ext": ".ext",
    "a.b.c": ".c",
    "file.": ".",
  };
  for (const [file, extension] of Object.entries({ ...more, "..": "", "f.ext//": ".ext" })) {
    strictEqual(path.extname(file), extension, file);
  }
});

Deno.test("@std/path: join()", POSIX, () => {
  strictEqual(path.join("/foo", "bar", "baz/quux", "garply", ".."), "/foo/bar/baz/quux");
  const cases: [string[], string][] = [
    [[".", "x/b", "..", "/b/c.js"], "x/b/c.js"],
    [["foo/x", "../../../bar"], "../bar"],
    [["foo", "/bar"], "foo/bar"],
    [["foo/", ""], "foo/"],
    [["/", "..", ".."], "/"],
    [["", ""], "."],
    [[" ", "/"], " /"],
    [[], "."],
  ];
  for (const [parts, joined] of cases) strictEqual(path.join(...parts), joined);
});

Deno.test("@std/path: resolve() and isAbsolute()", POSIX, () => {
  strictEqual(path.resolve("/foo", "bar", "baz/asdf", "quux", ".."), "/foo/bar/baz/asdf");
  strictEqual(path.resolve("/var/lib", "/../", "file/"), "/file");
  strictEqual(path.resolve("/some/dir", ".", "/absolute/"), "/absolute");
  strictEqual(path.resolve("a/b/c/", "../../.."), Deno.cwd());
  strictEqual(path.resolve(""), Deno.cwd());
  deepStrictEqual(["/home/user/Documents/", "home/user/Documents/"].map(path.isAbsolute), [
    ...[true, false],
  ]);
});

Deno.test("@std/path: relative()", POSIX, () => {
  strictEqual(
    path.relative("/data/orandea/test/aaa", "/data/orandea/impl/bbb"),
    "../../impl/bbb",
  );
  const cases = [
    ["/var/lib", "/var", ".."],
    ["/var/lib", "/var/lib", ""],
    ["/var/", "/var/lib", "lib"],
    ["/foo/bar/baz-quux", "/foo/bar/baz", "../baz"],
    [Deno.cwd(), "", ""],
  ];
  for (const [from, to, way] of cases) strictEqual(path.relative(from, to), way);
});

Deno.test("@std/path: fromFileUrl()", POSIX, () => {
  strictEqual(path.fromFileUrl("file:///home/foo"), "/home/foo");
  strictEqual(path.fromFileUrl(new URL("file:///home/foo%20bar")), "/home/foo bar");
  strictEqual(path.fromFileUrl("file://localhost/foo"), "/foo");
  strictEqual(path.fromFileUrl("file:///%"), "/%");
  throws(() => path.fromFileUrl("http://localhost/foo"), TypeError);
});

Deno.test("@std/path: toFileUrl()", POSIX, () => {
  strictEqual(path.toFileUrl("/home/foo").href, "file:///home/foo");
  strictEqual(path.toFileUrl("/home/%20").href, "file:///home/%2520");
  strictEqual(path.toFileUrl("/home\\foo").href, "file:///home%5Cfoo");
  strictEqual(path.toFileUrl("/home/ ").href, "file:///home/%20");
  throws(() => path.toFileUrl("foo"), TypeError); // node:url would take it for one of the working folder
});

Deno.test("@std/path: SEPARATOR, and nothing that the package has not", () => {
  strictEqual(path.SEPARATOR, Deno.build.os === "windows" ? "\\" : "/");
  deepStrictEqual(Object.keys(path).sort(), [
    ...["SEPARATOR", "basename", "dirname", "extname", "fromFileUrl", "isAbsolute", "join"],
    ...["relative", "resolve", "toFileUrl"],
  ]);
});
