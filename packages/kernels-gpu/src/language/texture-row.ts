/** A row of a texture holds $2^{rowBits}$ texels, so that texel $t$ lies at $(t \bmod 4096, \lfloor t / 4096 \rfloor)$ in each. */
export const rowBits = 12;
