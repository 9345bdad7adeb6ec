using System;
using System.Management.Automation;

namespace LlmMemory.Binding;

/// <summary>Reads ranks of single modules; in code of the module, so that it also works in ConstrainedLanguage.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RankPatternTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Reads one table.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">The value as the engine has it.</param>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var given = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return given as RankPatternArgument ?? new RankPatternArgument(given);
    }
}
