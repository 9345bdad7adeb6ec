using System.Management.Automation;
using System.Management.Automation.Host;

namespace LlmMemory.Shell.Hosting;

/// <summary>Puts a question to whoever sits at the terminal.</summary>
internal interface IQuestioner
{
    /// <summary>Whether anybody can answer.</summary>
    bool IsSomebodyThere { get; }

    /// <summary>Asks for a line.</summary>
    /// <param name="question">What stands before the answer.</param>
    /// <exception cref="HostException">Nobody is there.</exception>
    /// <exception cref="PipelineStoppedException">Ctrl+C or Ctrl+D was pressed.</exception>
    string Ask(string question);
}
