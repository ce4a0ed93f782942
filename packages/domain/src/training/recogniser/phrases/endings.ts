import type { SharedAct } from "../../acts.ts";

export type EndingAct = Extract<
  SharedAct,
  "confirm_fixed" | "offer_more_help" | "refuse" | "explain_refusal" | "escalate" | "close" | "rude"
>;

/** How agents say what comes towards the end: it works, it cannot be done, somebody else does it, good-bye. */
export const endingPhrases: Readonly<Record<EndingAct, string>> = {
  confirm_fixed: `Does it work now?|Can you try again and tell me whether it works?|Is it working?|Please try it now.
    |Could you check whether you can get in?|Are you able to sign in now?|Can you log in now?|Is the problem solved?
    |Please test it and let me know.|Did that fix it?|Can you see the folder now?|Does everything work again?
    |Could you confirm that you can print?|Try once more please, does it go through?|working now?|Is it better now?
    |Would you check that it is fixed?|How does it look on your side now?|Is that sorted for you?|Can you print now?`,
  offer_more_help: `Is there anything else I can help with?|Anything else?|anything else|Can I help you with anything else?
    |Is there something more I can do for you?|Is that all?|What else can I do for you?|Do you need anything else?
    |anything more?|is there anything|is there anything else|anything|Will that be all?|Is there more that I can help with?
    |Would you like help with something else?|Is there anything else that I can do for you?|anything else I can do
    |Can I assist you any further?|Do you have other questions?|any other questions?|Was there something else you wanted?
    |Can I do something else for you today?|anything further|Would that be everything?|Do you have any other requests?|May I help you with something more?|else|what else`,
  refuse: `I cannot do that.|I am sorry, but I cannot verify your identity.|I can't do this without verifying you.
    |I was not able to authenticate you.|could not verify you|I can't authenticate your identity|cannot be completed|not authorised to do this|unable|The identity check failed.|What you gave me does not match our records.|Your answers are wrong, so I cannot go on.|That is not possible this way.|I have to refuse.
    |cannot authenticate|Sorry, I am not allowed to do that.|No, I will not change this for you.|I must decline this request.
    |I'm unable to do that|I am unable to authenticate you|unable to verify|Your identity could not be confirmed.
    |I won't reset it without proof of who you are.|We can't authenticate you, so I can't go on.|I can't help with that request.
    |Unfortunately I cannot give you access.|I will not remove the device.|No, that I can't do.|not possible
    |I'm sorry, I can't confirm that you are the owner of this account.|authentication failed|verification failed
    |Without proof I cannot unlock the account.|I am afraid that I have to say no.|This request is denied.
    |I can not continue with this.|I can't make an exception.|you could not be authenticated|I refuse to do this`,
  explain_refusal: `Our policy takes two proofs before we touch an account.|I do this to protect your account from others.
    |Without a call back on the number on file nobody gets access.|These rules hold for everybody, managers too.
    |The rules say that only the owner can ask for it.|It is a security rule, and I have to follow it.
    |This is to make sure that nobody takes over your account.|Anybody could know these answers, that is why they are not enough.
    |Our security policy does not allow it.|That is company policy.|We never hand out access by chat, for your own safety.
    |Because somebody could pretend to be you, I need a second proof.|The data belongs to somebody else, so only they can release it.
    |I'd break our security rules if I did that.`,
  escalate: `I will pass this on to my colleague.|I am escalating this to the second line.|A specialist will take over.
    |I am handing this to the network team.|The security team will contact you.|I'll transfer you to a specialist.
    |I am forwarding your ticket to the server team.|This goes to our security people now.|Let me put you through to my supervisor.
    |I have to involve the infrastructure team.|Our second level will look into it.|I am raising this with the vendor.
    |I will report this to security.|My manager will get back to you on this.|escalating now|I'll get a colleague to help you.`,
  close: `Goodbye|Bye|Thank you and goodbye.|Have a nice day!|Have a great day|Take care|Thanks, bye|Have a good one|good day
    |See you|I will close the ticket then.|good bye|bye bye|thank you and good-bye|thanks and goodbye|thank you goodbye
    |Have a lovely afternoon.|Enjoy the rest of your day.|Have a good weekend.|Until next time.|Thank you, have a nice day!|and have a great day|great day to you|Have a nice evening!|enjoy your day|goodbye and take care
    |All the best|Kind regards|I am closing this ticket now.|Thank you for calling, goodbye.|you are welcome, goodbye
    |Do not hesitate to contact us again.|Just write again if it comes back.|ok bye|cheers, bye|farewell|good night
    |Call us any time if it happens again.|good luck, bye|welcome and goodbye|Have a pleasant evening`,
  rude: `That is your own fault.|Are you stupid?|I do not care.|Stop wasting my time.|Read the manual.|Shut up.
    |How can anybody not know that?|You are an idiot.|This is a dumb question.|That's not my problem.|Go away.
    |You people never listen.|Can't you read?|Calm down, it is only a printer.|What is wrong with you?|Stop whining.
    |You should have thought of that before.|Are you blind?|Nobody cares about your meeting.|Don't be ridiculous.|what a moron
    |I have better things to do than this.|Use your brain.|whatever, deal with it`,
};
