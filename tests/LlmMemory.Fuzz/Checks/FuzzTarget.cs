using System;
using System.Collections.Generic;

namespace LlmMemory.Fuzz.Checks;

/// <summary>A parser that takes bytes from anyone, and what has to hold whatever the bytes are.</summary>
/// <param name="Name">What the target, and the folder of its corpus, are called.</param>
/// <param name="Check">Reads the bytes; raises <see cref="FuzzFailureException"/>, or what escaped, where something is wrong.</param>
internal sealed record FuzzTarget(string Name, Action<byte[]> Check)
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("config", ConfigCheck.Run),
        new("safetensors", SafetensorsCheck.Run),
        new("gguf", GgufCheck.Run),
        new("training", TrainingConfigCheck.Run),
    ];
}
