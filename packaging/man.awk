# Makes a manual page of a help text (src/Helios/Cli/Help/HelpText.cs): a usage line, a paragraph, and sections of entries, whose
# descriptions begin in a fixed column. Variables: name, command, date, version, and pages, the names of all pages.

function escape(text) {
  gsub(/\\/, "\\e", text)
  gsub(/-/, "\\-", text)
  gsub(/^[.']/, "\\\\\\&&", text)
  return text
}

# a term of a list: words in bold, placeholders in italics
function term(text,   result, start) {
  text = escape(text)
  result = ""
  while ((start = match(text, /<[^>]*>/)) > 0) {
    result = result substr(text, 1, start - 1) "\\fR<\\fI" substr(text, start + 1, RLENGTH - 2) "\\fR>\\fB"
    text = substr(text, start + RLENGTH)
  }
  return "\\fB" result text "\\fR"
}

function entry(line,   end) {
  match(line, /^  [^ ]+( [^ ]+)*/)
  end = RLENGTH
  print ".TP"
  print term(substr(line, 3, end - 2))
  line = substr(line, end + 1)
  sub(/^ +/, "", line)
  if (line != "") print escape(line)
}

function head(   summary) {
  summary = body
  sub(/^helios: /, "", summary)
  sub(/\.( .*)?$/, "", summary) # the first sentence
  printf ".TH \"%s\" 1 \"%s\" \"helios %s\" \"helios\"\n.nh\n.ad l\n.SH NAME\n%s \\- %s\n", toupper(name), date, version, escape(name), escape(summary)
  printf ".SH SYNOPSIS\n%s\n", term(usage)
  if (name != "helios") printf ".SH DESCRIPTION\n%s\n", escape(body)
}

/^Usage: / { usage = substr($0, 8); next }
/^[A-Z][a-z ]*:$/ {
  if (!sections++) head()
  print ".SH " toupper(substr($0, 1, length($0) - 1))
  next
}
/^$/ { next }
!sections { body = body (body == "" ? "" : " ") $0; next }
/^  [^ ]/ { entry($0); next }
{ sub(/^ +/, ""); print escape($0) }

END {
  count = split(pages, others, ",")
  print ".SH SEE ALSO"
  for (i = 1; i <= count; i++) {
    if (others[i] == name || (name != "helios" && others[i] != "helios" && index(others[i], name "-") != 1)) continue
    listed = listed (listed == "" ? "" : ",\n") ".BR " escape(others[i]) " (1)"
  }
  gsub(/ \(1\),\n/, " (1),\n", listed)
  print listed
}
