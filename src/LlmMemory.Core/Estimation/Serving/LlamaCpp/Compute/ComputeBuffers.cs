using System;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Compute;

/// <summary>The compute buffers of all devices.</summary>
/// <param name="Bytes">Their sizes.</param>
/// <param name="Method">How they were found.</param>
/// <param name="FormulaOf">Writes the formula of a device's buffer.</param>
internal sealed record ComputeBuffers(DeviceBytes Bytes, ComputeMethod Method, Func<int, string> FormulaOf)
{
    /// <summary>The buffers: emulated where the architecture's graph is known, in closed form elsewhere.</summary>
    /// <param name="request">What is asked.</param>
    public static ComputeBuffers Of(ComputeRequest request)
    {
        return EmulatedCompute.Of(request) ?? ClosedForm.Of(request);
    }
}
