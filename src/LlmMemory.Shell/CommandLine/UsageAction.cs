using System.CommandLine;
using System.CommandLine.Invocation;

namespace LlmMemory.Shell.CommandLine;

/// <summary>
/// Shows how the shell is called. The text is our own because the parser knows only the options, not the command that
/// follows them.
/// </summary>
internal sealed class UsageAction : SynchronousCommandLineAction
{
    private const string Usage = """
        A console for the LlmMemory module on machines without PowerShell.

        Usage:
          LlmMemory.Shell [options] command...              run a command
          LlmMemory.Shell [options] --file script.ps1 ...   run a script file with arguments
          LlmMemory.Shell [options] < script                run a script on standard input
          LlmMemory.Shell                                   open a prompt

        Options, before the command:
          --output text|json|csv|jsonl   how results are written; text when not said
          --file script.ps1              a script file; what follows are its arguments
          --                             the end of the options, for a command that starts with a dash
          --version                      show the version
          --help, -h, -?                 show this help

        Examples:
          LlmMemory.Shell Get-LlmMemoryEstimate -Parameters 7B -DataType BF16 -Mode Training
          LlmMemory.Shell --output json "Get-LlmMemoryEstimate 7B, 13B -DataType BF16, NF4"
          LlmMemory.Shell Get-Help Get-LlmMemoryEstimate -Full

        Several words are joined to a script; a word with white space in it becomes a quoted string, unless it starts
        with one of { ( $ @ ' " | &. A single word is a script as it stands.

        Exit codes: 0; 1 when a command failed; 2 for bad options; 130 after Ctrl+C; N after 'exit N'.
        """;

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(Usage);
        return ExitCode.Success;
    }
}
