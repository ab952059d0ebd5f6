/** Styles that a script brings along; the bundler writes them beside it. */
declare module "*.css";
