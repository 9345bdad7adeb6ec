using System;
using System.Management.Automation;
using System.Management.Automation.Host;
using LlmMemory.Shell.Hosting;

namespace LlmMemory.Shell.Interactive;

/// <summary>Asks at the terminal, and refuses where there is none instead of waiting for ever.</summary>
internal sealed class TerminalQuestioner : IQuestioner
{
    private readonly Lazy<ILineInput> _input = new(() => Terminal.Open());

    public bool IsSomebodyThere => Terminal.IsInteractive;

    public string Ask(string question)
    {
        if (!IsSomebodyThere)
        {
            throw new HostException("Nobody can answer: standard input or standard error is not a terminal.");
        }

        try
        {
            return _input.Value.ReadLine(question) ?? throw new PipelineStoppedException();
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }
}
