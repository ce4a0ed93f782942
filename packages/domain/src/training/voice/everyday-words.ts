const lines = `
a an the this that these those it its he she they them their we us our you your i me my mine myself yours
here am is are was were be been being do does did done doing have has had having will would can could shall should may might must
i'm i've i'll i'd it's that's there's what's you're you've you'll we're we've they're he's she's let's who's here's
don't doesn't didn't can't cannot couldn't won't wouldn't isn't aren't wasn't weren't haven't hasn't hadn't shouldn't
and or but so because since if then than as at by for from in into of off on onto out over to up with without about after
again against all along already also although always another any anybody anyone anything anyway around away back before
behind below between both down during each either else enough even ever every everybody everyone everything few how
however just least less like little lot many maybe more most much near neither never next no nobody none nor not nothing
now often once only other others otherwise perhaps please quite rather really right same several some somebody someone
something sometimes somewhere soon still such sure there therefore though through today together tomorrow tonight too
until very well what whatever when where whether which while who whole whom why yes yesterday yet
hello hi hey bye goodbye morning afternoon evening thanks thank okay ok oh ah hm hmm well alright sorry welcome cheers
good great fine nice bad better best worse worst wrong new old long short quick quickly slow slowly fast easy hard
difficult ready busy late early last first big small clear strange odd possible impossible important urgent happy glad
afraid sad angry upset annoyed tired lost stuck worried patient honest fair kind lovely wonderful terrible awful
ask asked asking answer answered believe bring call called came care change changed check checked come coming explain
feel find found forget forgot get gets getting give given go goes going gone got guess happen happened happening hear
heard help helped helping hold hope keep keeps know knew knowing leave left let look looked looking made make makes
making mean means meant mind miss move need needed needs open opened pick put read remember said say saying says see
seen seem seems show shows sit sort speak start started stay stop stopped suppose take taken takes taking talk tell
telling think thinking thought told took tried try trying turn turned understand understood use used using wait waited
waiting want wanted wants was watch went wish wonder work worked working works worry write
time times minute minutes moment second hour hours day days week thing things way matter problem trouble question
answer idea reason case point part end place people person somebody work job help word line bit while sense
`;

/** What anybody says of anything. No numbers, no letters by name: nothing can be spelled with it. */
export const everydayWords: ReadonlySet<string> = new Set(lines.split(/\s+/).filter((word) => word !== ""));
