using System;
using System.Runtime.CompilerServices;

namespace LlmMemory.Sources.Gguf;

/// <summary>Numbers out of bytes whose lowest comes first, on any processor.</summary>
internal static class LittleEndian
{
    /// <summary>32 bits.</summary>
    public static uint ToUInt32(byte[] bytes, int at)
    {
        return BitConverter.IsLittleEndian ? BitConverter.ToUInt32(bytes, at) : Assemble(bytes, at);
    }

    /// <summary>64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ToUInt64(byte[] bytes, int at)
    {
        return BitConverter.IsLittleEndian
            ? BitConverter.ToUInt64(bytes, at)
            : Assemble(bytes, at) | ((ulong)Assemble(bytes, at + sizeof(uint)) << 32);
    }

    private static uint Assemble(byte[] bytes, int at)
    {
        return bytes[at] | ((uint)bytes[at + 1] << 8) | ((uint)bytes[at + 2] << 16) | ((uint)bytes[at + 3] << 24);
    }
}
