/** Words that are names of people too: alone they name somebody only where they are written with a capital. */
export const commonWords: ReadonlySet<string> = new Set(
  `al an and angel april art august autumn bank banks bell berry bill bond bright brook brown bush button carpenter case cash
  chance chase christian church clay cliff cook cooper cross crystal dale dawn day days dean dee del dell den der di dick do
  dot drew du duke east ed em english faith field fields fisher ford forest fox frank french friend gene german glass gold
  good grace grant gray green grey guy hall hand happy harmony heart heather hill holly hope hunt hunter ii iii in io iris
  irish is it ivy jack jade jay jean jo joe joy june king kit knight la lake lane law le lee li long love low ma mac major
  man mark marks mason max may mike mile miles miller min moon my north oak olive or page park parker pat paul pay peace
  pearl penny pepper person pierce piper pool porter post power price prince ray read reed rice rich river rob rock rose ruby
  rush rusty sage sally sand sandy sea shepherd short sky smart so song spring star stone story su sue summer sunny swan
  taylor tea temple test the tom tony trip turner tuesday van victor vic von wade walker wall ward waters way wells west
  white will win winter wise wolf wood woods worth york young yu
  amber asia aurora austin basil blessing buddy carol chelsea chip china clement coral cruise daisy dallas destiny dusty
  earnest echo eden ember faye felicity fern flora florence georgia ginger hazel herb honey honor hunter india jasmine
  jordan juniper justice kenya kerry lance laurel lily linden london lotus lucky magic maple melody mercy merry milan misty
  monday noble nova ocean opal orchid paris patience phoenix precious promise robin rory rosemary royal saffron scarlet
  serene sierra sky sterling sunday sydney temperance tiger trinity trusty unique valentine verity vesper victoria violet
  viola virginia vista wren
  account admin administrator agent business center centre customer demo department desk employee finance guest help helpdesk
  info internal mail manager network office operator owner person printer reception sales scanner server service staff
  support system team test user vendor visitor`.split(/\s+/),
);

/** What follows a greeting and is nobody's name. */
export const addressed: ReadonlySet<string> = new Set(
  `a again agent all and any anyone both can colleague colleagues customer dear desk do does everybody everyone for friend
  friends from good guys hello help helpdesk hi how i it just ladies madam many morning my no of on our please service sir
  so support team thank thanks that the there this to we what when you your`.split(/\s+/),
);
