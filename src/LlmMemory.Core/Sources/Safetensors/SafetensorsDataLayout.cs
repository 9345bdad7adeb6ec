using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;

namespace LlmMemory.Sources.Safetensors;

/// <summary>
/// Where the data of the tensors lies: behind the header, each by itself, without holes, up to the last byte of the file.
/// The format asks for that so that no file can hide anything.
/// </summary>
internal static class SafetensorsDataLayout
{
    /// <summary>Holds the places that a header gives against the file.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="dataStart">The byte behind the header.</param>
    /// <param name="fileLength">The bytes of the file.</param>
    /// <param name="source">What the file is called in messages.</param>
    public static void Check(IEnumerable<SafetensorsTensor> tensors, long dataStart, long fileLength, string source)
    {
        var room = fileLength - dataStart;
        var reached = 0L;
        foreach (var tensor in tensors.OrderBy(tensor => tensor.Start).ThenBy(tensor => tensor.End))
        {
            if (tensor.End > room)
            {
                throw SafetensorsError.Invalid(
                    source,
                    tensor.HeaderOffset,
                    $"the data of {Quoted.Value(tensor.Name)} ends at {tensor.End}, and the file has {room} bytes of data");
            }

            if (tensor.Start != reached)
            {
                var fault = tensor.Start < reached ? "overlaps what lies before it" : "leaves a hole before it";
                throw SafetensorsError.Invalid(
                    source,
                    tensor.HeaderOffset,
                    $"the data of {Quoted.Value(tensor.Name)} starts at {tensor.Start} instead of {reached}, and {fault}");
            }

            reached = tensor.End;
        }

        if (reached != room)
        {
            throw SafetensorsError.Invalid(source, dataStart + reached, $"{room - reached} bytes follow that belong to no tensor");
        }
    }
}
