using System;
using LlmMemory.Errors;
using LlmMemory.Naming;

namespace LlmMemory.Launching;

/// <summary>Something that starts models: an engine, a launcher of trainings, or a scheduler that gives both their place.</summary>
public abstract class LaunchTarget : NamedChoice
{
    private protected LaunchTarget(string name, string description, params string[] aliases)
        : base(name, description, aliases)
    {
    }

    /// <summary>Writes what has to be typed, saved or handed in.</summary>
    /// <param name="request">What is to be started.</param>
    /// <param name="shell">The shell of commands; <see cref="LaunchShell.Default"/> when null.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.LaunchTargetUnsuitable"/>, <see cref="ErrorIds.LaunchNeedsModel"/>,
    /// <see cref="ErrorIds.LaunchLayoutInvalid"/>, <see cref="ErrorIds.LaunchModelPathInvalid"/> or
    /// <see cref="ErrorIds.EstimateOverflow"/>.
    /// </exception>
    public LaunchDocument Write(LaunchRequest request, LaunchShell? shell = null)
    {
        if (request is null)
        {
            throw new ArgumentNullException(nameof(request));
        }

        if (request.ModelPath is { } path)
        {
            LaunchModel.CheckTyped(path);
        }

        CheckSuits(request);
        try
        {
            return Write(request, LaunchLayout.Of(request), shell ?? LaunchShell.Default);
        }
        catch (OverflowException overflow)
        {
            throw new LlmMemoryException(
                ErrorIds.EstimateOverflow,
                request.Model,
                "The settings of this start do not fit 64 bits. Estimate with a smaller context such as 32k, or fewer requests.",
                overflow);
        }
    }

    /// <summary>Refuses what the target does not do.</summary>
    private protected abstract void CheckSuits(LaunchRequest request);

    private protected abstract LaunchDocument Write(LaunchRequest request, LaunchLayout layout, LaunchShell shell);

    private protected static LlmMemoryException Unsuitable(object value, string sentence)
    {
        return new LlmMemoryException(ErrorIds.LaunchTargetUnsuitable, value, sentence);
    }
}
