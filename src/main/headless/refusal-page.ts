// What a browser shows that came without the token of this run: what happened, and what to do.

export const REFUSAL_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Roundabout: open the address from the terminal</title>
<h1>This address is not complete</h1>
<p>Roundabout is running, but this page came without the key of its present run.</p>
<p>Look in the terminal in which Roundabout was started for the line that begins with
<code>Roundabout: http://</code>, and open that whole address. It is a new one after every start.</p>
</html>
`
