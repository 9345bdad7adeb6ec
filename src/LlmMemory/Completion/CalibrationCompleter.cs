using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using LlmMemory.Errors;
using LlmMemory.Sources.Calibrations;

namespace LlmMemory.Completion;

/// <summary>Completes the names of the calibrations that the user keeps.</summary>
public sealed class CalibrationCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var word = CompletionWord.From(wordToComplete);
        return CalibrationPlace.Names().Where(word.Matches).Select(name => word.Result(name, Tooltip(name)));
    }

    private static string Tooltip(string name)
    {
        try
        {
            var profile = CalibrationFile.Read(CalibrationPlace.Of(name));
            return string.Format(
                CultureInfo.InvariantCulture,
                "{0} {1}, {2} log(s), saved {3:yyyy-MM-dd}",
                profile.Engine,
                profile.EngineVersion,
                profile.Logs.Count,
                profile.SavedAt);
        }
        catch (LlmMemoryException error)
        {
            return error.Message;
        }
    }
}
