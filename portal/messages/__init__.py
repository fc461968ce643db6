"""Words to people on their way: worded in their language, and sent by e-mail, SMS, Digital Post or to their doctor."""
