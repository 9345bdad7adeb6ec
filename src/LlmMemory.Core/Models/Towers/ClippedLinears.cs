using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Towers;

/// <summary>
/// The four bounds that Gemma 4 keeps beside each linear layer whose input and output it clips. They are buffers, no
/// weights. Source: Gemma4ClippableLinear, transformers/models/gemma4/modeling_gemma4.py.
/// </summary>
/// <param name="Linears">The names of the linear layers.</param>
internal sealed record ClippedLinears(params IReadOnlyList<string> Linears) : Block
{
    private static readonly string[] Bounds = ["input_min", "input_max", "output_min", "output_max"];

    internal override void WriteTensors(TensorScope scope)
    {
        foreach (var linear in Linears)
        {
            foreach (var bound in Bounds)
            {
                scope.Add(TensorRole.Buffer, $"{linear}.{bound}");
            }
        }
    }
}
