using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LlmMemory.Sources.Local;

namespace LlmMemory.Commands;

/// <summary>
/// Finds models on this machine by their names. What a store has and cannot be read is an error of its own; a model
/// whose weights are not all there is left out with a warning; the rest goes on.
/// </summary>
internal static class LocalListing
{
    private const string LatestTag = ":latest";

    /// <summary>Finds models.</summary>
    /// <param name="command">The command that errors, warnings and notes are written by.</param>
    /// <param name="names">Their names, wildcards allowed.</param>
    public static IEnumerable<LocalModel> Find(Cmdlet command, IEnumerable<string> names)
    {
        SayWhereItIsLookedFor(command);
        var patterns = names.Select(name => new NamePattern(name)).ToList();
        var known = new List<string>();
        foreach (var model in LocalStores.Find(problem: problem => command.WriteError(ErrorRecords.From(problem.ToException()))))
        {
            known.Add(model.Name);
            if (patterns.Any(pattern => IsMeant(pattern, model.Name)) && IsComplete(command, model))
            {
                yield return model;
            }
        }

        foreach (var pattern in patterns.Where(pattern => !pattern.HasWildcards && !known.Any(name => IsMeant(pattern, name))))
        {
            command.WriteError(ErrorRecords.From(LocalStores.Unknown(pattern.ToString(), known)));
        }
    }

    // Ollama's tag may be left out, as in 'ollama run llama3.1'.
    private static bool IsMeant(NamePattern pattern, string name)
    {
        var isLatest = name.EndsWith(LatestTag, StringComparison.OrdinalIgnoreCase);
        return pattern.Matches(name) || (isLatest && pattern.Matches(name.Substring(0, name.Length - LatestTag.Length)));
    }

    private static bool IsComplete(Cmdlet command, LocalModel model)
    {
        if (!model.IsComplete)
        {
            command.WriteWarning($"{model.Name} in {model.Store} has not all its weights on this machine and is left out: {model.Path}");
        }

        return model.IsComplete;
    }

    private static void SayWhereItIsLookedFor(Cmdlet command)
    {
        var folders = LocalStores.Folders();
        foreach (var folder in folders)
        {
            command.WriteVerbose($"{folder.Store}: {folder.Path}{(folder.IsThere ? string.Empty : " is not there")}");
        }

        if (!folders.Any(folder => folder.IsThere))
        {
            command.WriteVerbose("No store of models is on this machine.");
        }
    }
}
