using LlmMemory.Shell;

return ShellCommandLine.Run(args);
