import { isRefusal, useSession } from "@helpdesk/client/react";
import { useState } from "react";

export function SignIn() {
  const { signIn } = useSession();
  const [problem, setProblem] = useState("");
  const submit = async (form: FormData) => {
    const text = (name: string) => form.get(name) as string;
    try {
      await signIn({ organization: text("organization"), email: text("email"), password: text("password") });
    } catch (error) {
      setProblem(isRefusal(error) ? error.data.refusal.code : "It did not work. Please try again.");
    }
  };
  return (
    <form action={submit} aria-label="Sign in">
      <input name="organization" placeholder="Organization" />
      <input name="email" placeholder="E-mail" />
      <input name="password" type="password" placeholder="Password" />
      <button>Sign in</button>
      <p role="alert">{problem}</p>
    </form>
  );
}
